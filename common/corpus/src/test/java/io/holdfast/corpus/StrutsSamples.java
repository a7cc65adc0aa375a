package io.holdfast.corpus;

import static io.holdfast.corpus.LibrarySample.sample;
import static io.holdfast.corpus.Portraits.text;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.struts.action.ActionErrors;
import org.apache.struts.action.ActionForm;
import org.apache.struts.action.ActionMessage;
import org.apache.struts.action.ActionMessages;
import org.apache.struts.action.DynaActionForm;
import org.apache.struts.action.DynaActionFormClass;
import org.apache.struts.config.FormBeanConfig;
import org.apache.struts.config.FormPropertyConfig;

/** What Struts 1 keeps in sessions: forms, and messages for the next page. */
final class StrutsSamples {
    private StrutsSamples() {}

    static List<LibrarySample<?>> all() {
        return List.of(
                sample("Struts ActionForm", StrutsSamples::login, form -> form.user + " " + form.attempts)
                        .changedBy(form -> form.attempts.add(3)),
                sample("Struts DynaActionForm", StrutsSamples::dynamicForm, StrutsSamples::describe)
                        .changedBy(form -> form.set("quantity", 4)),
                sample("Struts ActionMessages", () -> messages(new ActionMessages()), StrutsSamples::describe)
                        .changedBy(messages -> messages.add("name", new ActionMessage("errors.short"))),
                sample("Struts ActionErrors", () -> messages(new ActionErrors()), StrutsSamples::describe)
                        .changedBy(ActionMessages::get));
    }

    /** A form as the applications of that time have dozens. */
    static final class LoginForm extends ActionForm {
        private static final long serialVersionUID = 1L;

        private String user = "";
        private final ArrayList<Integer> attempts = new ArrayList<>();
    }

    private static LoginForm login() {
        LoginForm form = new LoginForm();
        form.user = "ann";
        form.attempts.add(2);
        return form;
    }

    private static DynaActionForm dynamicForm() {
        FormBeanConfig config = new FormBeanConfig();
        config.setName("order");
        config.setType(DynaActionForm.class.getName());
        config.addFormPropertyConfig(new FormPropertyConfig("article", "java.lang.String", "book"));
        config.addFormPropertyConfig(new FormPropertyConfig("quantity", "java.lang.Integer", "3"));
        config.addFormPropertyConfig(new FormPropertyConfig("options", "java.lang.String[]", "{a,b}"));
        try {
            return (DynaActionForm)
                    DynaActionFormClass.createDynaActionFormClass(config).newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String describe(DynaActionForm form) {
        return form.getDynaClass().getName() + " "
                + form.getDynaClass().getDynaProperty("quantity").getType().getName() + " " + text(form.getMap());
    }

    private static <M extends ActionMessages> M messages(M messages) {
        messages.add("name", new ActionMessage("errors.required", "Name", 7));
        messages.add(ActionMessages.GLOBAL_MESSAGE, new ActionMessage("Plain text", false));
        return messages;
    }

    /** Without asking for all messages, which the messages remember. */
    private static String describe(ActionMessages messages) {
        List<String> parts = new ArrayList<>(List.of(String.valueOf(messages.isAccessed())));
        for (Iterator<?> properties = messages.properties(); properties.hasNext(); ) {
            String property = (String) properties.next();
            parts.add(property + messages.size(property));
        }
        parts.add(messages.toString());
        return parts.toString();
    }
}
