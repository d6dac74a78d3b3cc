/** Views of the map, which place what is arranged on the screen: `k` times as large, `x` and `y` to the right and down. */
const ZOOM = [0.05, 60];

/** A view in which what is at a place of the screen stays there. */
export function zoomed(view, factor, [x, y]) {
  const k = Math.max(ZOOM[0], Math.min(ZOOM[1], view.k * factor));
  const scale = k / view.k;
  return {k, x: x - (x - view.x) * scale, y: y - (y - view.y) * scale};
}

export function shifted(view, dx, dy) {
  return {...view, x: view.x + dx, y: view.y + dy};
}

/** After one of two fingers went from a place to another, the `other` one resting. */
export function pinched(view, other, from, to) {
  const far = (place) => Math.hypot(place[0] - other[0], place[1] - other[1]);
  return zoomed(view, far(to) / Math.max(1, far(from)), [(to[0] + other[0]) / 2, (to[1] + other[1]) / 2]);
}
