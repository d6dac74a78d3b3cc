package io.isthmus.southbound;

/** Hears of each step as a driver carries it out. */
public interface StepListener {
    StepListener NONE = new StepListener() {
        @Override
        public void started(Step step) {}

        @Override
        public void done(Step step) {}
    };

    void started(Step step);

    void done(Step step);
}
