/** Which parts of the screen have something written on them, in cells so that many are found fast. */
export class Boxes {
  #cells = new Map();

  #each(left, top, width, height, visit) {
    for (let column = Math.floor(left / 64); column <= Math.floor((left + width) / 64); column++) {
      for (let row = Math.floor(top / 64); row <= Math.floor((top + height) / 64); row++) {
        if (visit(column * 4096 + row)) return true;
      }
    }
    return false;
  }

  take(left, top, width, height) {
    this.#each(left, top, width, height, (cell) => {
      if (!this.#cells.has(cell)) this.#cells.set(cell, []);
      this.#cells.get(cell).push([left, top, width, height]);
    });
  }

  isFree(left, top, width, height) {
    return !this.#each(left, top, width, height, (cell) => this.#cells.get(cell)?.some(
      ([l, t, w, h]) => left < l + w && l < left + width && top < t + h && t < top + height));
  }
}
