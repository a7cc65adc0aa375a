package io.holdfast.corpus;

import static io.holdfast.corpus.LibrarySample.orderedMap;
import static io.holdfast.corpus.LibrarySample.sample;

import com.sun.faces.util.LRUMap;
import jakarta.faces.component.html.HtmlInputText;
import jakarta.faces.context.FacesContext;
import jakarta.faces.context.FacesContextWrapper;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The views that Mojarra, the reference implementation of Faces, keeps in sessions: maps that forget the views longest
 * not asked for, of maps of the states of a view, each an array of its structure and of what its components hold.
 *
 * <p>Asking such a map for a view reorders it, which is a change.
 */
final class FacesSamples {
    private static final FacesContext CONTEXT = new FacesContextWrapper(null) {};

    private FacesSamples() {}

    static List<LibrarySample<?>> all() {
        return List.of(
                sample("Mojarra logical view map", FacesSamples::logicalViews, FacesSamples::describe)
                        .changedBy(views -> views.get("j_id1")),
                sample("Mojarra state of a view", FacesSamples::state, FacesSamples::describe)
                        .changedBy(state -> state[1] = null),
                orderedMap("Mojarra view-scoped beans", FacesSamples::viewScopes)
                        .changedBy(scopes -> scopes.put("third", new HashMap<>())),
                sample("Mojarra LRUMap, full", FacesSamples::fullMap, FacesSamples::whatStays)
                        .changedBy(map -> map.get("b")));
    }

    private static Map<String, Map<String, Object[]>> logicalViews() {
        Map<String, Map<String, Object[]>> logicalViews = Collections.synchronizedMap(new LRUMap<>(15));
        for (String logicalId : List.of("j_id1", "j_id2")) {
            Map<String, Object[]> actualViews = new LRUMap<>(15);
            actualViews.put("j_id3", state());
            actualViews.put("j_id4", state());
            logicalViews.put(logicalId, actualViews);
        }
        return logicalViews;
    }

    private static String describe(Map<String, Map<String, Object[]>> logicalViews) {
        List<String> views = new ArrayList<>();
        logicalViews.forEach((logicalId, actualViews) ->
                actualViews.forEach((actualId, state) -> views.add(logicalId + ":" + actualId + describe(state))));
        return views.toString();
    }

    /** As partial state saving has it: no structure, and of each component only what differs from the page. */
    private static Object[] state() {
        HtmlInputText name = initial();
        name.setValue("Ann");
        name.setStyleClass("wrong");
        name.getAttributes().put("hint", "your name");
        HtmlInputText city = initial();
        city.setMaxlength(30);
        city.setValid(false);
        Map<String, Object> states = new HashMap<>();
        states.put("form:name", name.saveState(CONTEXT));
        states.put("form:city", city.saveState(CONTEXT));
        return new Object[] {null, states};
    }

    private static HtmlInputText initial() {
        HtmlInputText input = new HtmlInputText();
        input.markInitialState();
        return input;
    }

    private static String describe(Object[] state) {
        Map<?, ?> states = (Map<?, ?>) state[1];
        return states == null
                ? "nothing"
                : describeInput(states.get("form:name")) + describeInput(states.get("form:city"));
    }

    private static String describeInput(Object state) {
        HtmlInputText input = initial();
        input.restoreState(CONTEXT, state);
        return " " + input.getValue() + input.isLocalValueSet() + input.isValid() + input.getMaxlength()
                + input.getStyleClass() + input.getAttributes().get("hint");
    }

    private static Map<String, Object> viewScopes() {
        Map<String, Object> scopes = Collections.synchronizedMap(new LRUMap<>(25));
        scopes.put("first", new HashMap<>(Map.of("cart", new ArrayList<>(List.of("book")))));
        scopes.put("second", new HashMap<>());
        return scopes;
    }

    private static LRUMap<String, Integer> fullMap() {
        LRUMap<String, Integer> map = new LRUMap<>(2);
        map.put("b", 1);
        map.put("a", 2);
        return map;
    }

    /** The entries, and those of a copy that is given one more than it keeps. */
    private static String whatStays(LRUMap<String, Integer> map) {
        @SuppressWarnings("unchecked") // a clone is of the same type
        LRUMap<String, Integer> copy = (LRUMap<String, Integer>) map.clone();
        copy.put("c", 3);
        return Portraits.listed(map.entrySet()) + Portraits.listed(copy.entrySet());
    }
}
