package io.holdfast.demo.experiment;

import java.util.List;
import java.util.stream.Collectors;

/**
 * What all experiments have found so far.
 *
 * @param running whether one is at work
 * @param load what they were last run with
 * @param experiments in their order
 */
public record Results(boolean running, Load load, List<Result> experiments) {

    /**
     * One experiment on both sides.
     *
     * @param number its place, from 1
     * @param title what overlaps
     * @param stock Tomcat's own sessions
     * @param holdfast ours
     */
    public record Result(int number, String title, SideResult stock, SideResult holdfast) {
        @Override
        public String toString() {
            return number + " " + title + "\n    stock      " + stock + "\n    holdfast   " + holdfast;
        }
    }

    /** For people without a browser. */
    @Override
    public String toString() {
        return experiments.stream().map(Result::toString).collect(Collectors.joining("\n", "", "\n"));
    }
}
