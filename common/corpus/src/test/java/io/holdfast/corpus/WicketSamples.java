package io.holdfast.corpus;

import static io.holdfast.corpus.LibrarySample.sample;
import static io.holdfast.corpus.Portraits.shared;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.apache.wicket.Component;
import org.apache.wicket.MetaDataKey;
import org.apache.wicket.behavior.AttributeAppender;
import org.apache.wicket.feedback.FeedbackMessages;
import org.apache.wicket.markup.html.WebPage;
import org.apache.wicket.markup.html.basic.Label;
import org.apache.wicket.markup.html.form.Form;
import org.apache.wicket.markup.html.form.TextField;
import org.apache.wicket.markup.html.list.ListItem;
import org.apache.wicket.markup.html.list.ListView;
import org.apache.wicket.mock.MockApplication;
import org.apache.wicket.mock.MockWebRequest;
import org.apache.wicket.model.CompoundPropertyModel;
import org.apache.wicket.model.IModel;
import org.apache.wicket.model.Model;
import org.apache.wicket.pageStore.SerializedPage;
import org.apache.wicket.protocol.http.WebSession;
import org.apache.wicket.request.Url;
import org.apache.wicket.util.tester.WicketTester;

/**
 * What Wicket keeps in sessions: its own session object, and in it, or beside it, pages.
 *
 * <p>A page store that keeps pages as objects in Wicket's session drops them whenever that is encoded, on purpose: they
 * are to come from the persistent store again. So they are no sample here.
 */
final class WicketSamples {
    private static final MetaDataKey<String> TENANT = new MetaDataKey<>() {
        private static final long serialVersionUID = 1L;
    };

    private WicketSamples() {}

    static List<LibrarySample<?>> all() {
        return List.of(
                sample("Wicket session", () -> inApplication(WicketSamples::session), WicketSamples::describe)
                        .changedBy(session -> session.getFeedbackMessages().clear()),
                sample("Wicket page", () -> inApplication(RegistrationPage::new), WicketSamples::describe)
                        .changedBy(page -> page.visitor.name = "Eve"),
                sample(
                                "Wicket page, changed by a component",
                                () -> inApplication(RegistrationPage::new),
                                WicketSamples::describe)
                        .changedBy(page -> page.get("greeting").setEscapeModelStrings(false)),
                sample(
                        "Wicket serialized page",
                        () -> new SerializedPage(7, RegistrationPage.class.getName(), new byte[] {1, 2, 3}),
                        page -> page.getPageId() + page.getPageType() + Portraits.text(page.getData())));
    }

    /** The bean behind the page. */
    static final class Visitor implements Serializable {
        private static final long serialVersionUID = 1L;

        String name = "Ann";
        final ArrayList<String> interests = new ArrayList<>(List.of("books", "ships"));
    }

    /** A page with a form over a bean, a list, a behavior, and a model that reaches back to the page. */
    static final class RegistrationPage extends WebPage {
        private static final long serialVersionUID = 1L;

        final Visitor visitor = new Visitor();

        RegistrationPage() {
            add(new Label("greeting", (IModel<String>) () -> "Hello " + visitor.name)
                    .add(AttributeAppender.append("class", "big")));
            Form<Visitor> form = new Form<>("form", new CompoundPropertyModel<>(visitor));
            form.add(new TextField<String>("name").setRequired(true));
            add(form);
            add(new ListView<>("interests", Model.ofList(visitor.interests)) {
                private static final long serialVersionUID = 1L;

                @Override
                protected void populateItem(ListItem<String> item) {
                    item.add(new Label("interest", item.getModel()));
                }
            });
            error("Not complete");
        }
    }

    /** Wicket asks its thread for the application whenever something is made. */
    private static <T> T inApplication(Supplier<T> maker) {
        WicketTester tester = new WicketTester(new MockApplication());
        try {
            return maker.get();
        } finally {
            tester.destroy();
        }
    }

    private static WebSession session() {
        WebSession session = new WebSession(new MockWebRequest(Url.parse("registration")));
        session.setLocale(Locale.GERMANY);
        session.setStyle("dark");
        session.setMetaData(TENANT, "north");
        session.info("Saved");
        session.bind();
        return session;
    }

    private static String describe(WebSession session) {
        return session.getLocale()
                + session.getStyle()
                + session.getMetaData(TENANT)
                + describe(session.getFeedbackMessages());
    }

    private static String describe(FeedbackMessages messages) {
        List<String> texts = new ArrayList<>();
        messages.forEach(
                message -> texts.add(message.getLevelAsString() + message.getMessage() + message.isRendered()));
        return texts.toString();
    }

    /** Without asking for the models that components take from their form: Wicket keeps them until the request ends. */
    private static String describe(RegistrationPage page) {
        List<String> parts = new ArrayList<>();
        page.visitChildren(
                Component.class,
                (component, visit) -> parts.add(component.getClass().getName() + " "
                        + component.getPageRelativePath() + component.getEscapeModelStrings() + component.isVisible()
                        + component.getBehaviors().size()
                        + (component instanceof Form || component instanceof TextField
                                ? "as the page"
                                : component.getDefaultModelObject())));
        return page.getPageId()
                + parts.toString()
                + page.visitor.name
                + page.visitor.interests
                + shared(page.visitor, page.get("form").getDefaultModelObject())
                + (page.hasFeedbackMessage() ? describe(page.getFeedbackMessages()) : "");
    }
}
