package io.isthmus.cli.topology;

/** A place on the grid on which sites are laid out: column from the west, row from the north. */
record Cell(int column, int row) {}
