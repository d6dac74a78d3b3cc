/** The last drawing of the map, which is moved about while drawing all of it anew would take too long. */
export class Picture {
  #copy = null;
  #view = null;

  get isKept() { return this.#view !== null; }

  keep(canvas, view) {
    this.#copy ??= document.createElement('canvas');
    const copy = this.#copy;
    if (copy.width !== canvas.width || copy.height !== canvas.height) [copy.width, copy.height] = [canvas.width, canvas.height];
    copy.getContext('2d').drawImage(canvas, 0, 0);
    this.#view = view;
  }

  forget() {
    this.#copy = null;
    this.#view = null;
  }

  /** Puts it where another view has what it shows; where it ends there is water. */
  draw(canvas, {k, x, y}, water) {
    const context = canvas.getContext('2d');
    const before = this.#view;
    const scale = k / before.k;
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.fillStyle = water;
    context.fillRect(0, 0, canvas.width, canvas.height);
    context.setTransform(scale, 0, 0, scale, (x - before.x * scale) * devicePixelRatio, (y - before.y * scale) * devicePixelRatio);
    context.drawImage(this.#copy, 0, 0);
  }
}
