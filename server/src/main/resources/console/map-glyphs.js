/** The marks and words of the map, as they are put on a canvas. */

/** A shape of its own for every tone: circle with tick, triangle, crossed square, half circle, ring. */
export function glyph(context, tone, x, y, r, colours) {
  context.beginPath();
  context.lineWidth = Math.max(1.5, r * 0.28);
  context.strokeStyle = colours.surface;
  context.fillStyle = colours[tone];
  if (tone === 'warn') {
    context.moveTo(x, y - r * 1.15);
    context.lineTo(x + r * 1.15, y + r * 0.9);
    context.lineTo(x - r * 1.15, y + r * 0.9);
    context.closePath();
  } else if (tone === 'bad') {
    context.rect(x - r * 0.95, y - r * 0.95, r * 1.9, r * 1.9);
  } else {
    context.arc(x, y, r, 0, 2 * Math.PI);
  }
  context.stroke();
  if (tone === 'idle' || tone === 'busy') {
    context.fillStyle = colours.surface;
    context.fill();
    context.strokeStyle = colours[tone];
    context.stroke();
    if (tone === 'idle') return;
    context.beginPath();
    context.arc(x, y, r * 0.95, -Math.PI / 2, Math.PI / 2);
    context.fillStyle = colours.busy;
    context.fill();
    return;
  }
  context.fill();
  if (r < 5) return;
  context.beginPath();
  context.lineWidth = Math.max(1.4, r * 0.24);
  if (tone === 'good') {
    context.moveTo(x - r * 0.45, y + r * 0.02);
    context.lineTo(x - r * 0.1, y + r * 0.38);
    context.lineTo(x + r * 0.48, y - r * 0.35);
  } else if (tone === 'warn') {
    context.moveTo(x, y - r * 0.45);
    context.lineTo(x, y + r * 0.25);
    context.moveTo(x, y + r * 0.5);
    context.lineTo(x, y + r * 0.65);
  } else {
    context.moveTo(x - r * 0.45, y - r * 0.45);
    context.lineTo(x + r * 0.45, y + r * 0.45);
    context.moveTo(x + r * 0.45, y - r * 0.45);
    context.lineTo(x - r * 0.45, y + r * 0.45);
  }
  context.stroke();
}

/** Words with a rim in the colour of the surface, so that they can be read on anything. */
export function haloText(context, text, x, y, colours) {
  context.lineWidth = 4;
  context.strokeStyle = colours.surface;
  context.globalAlpha = 0.85;
  context.strokeText(text, x, y);
  context.globalAlpha = 1;
  context.fillStyle = colours.text;
  context.fillText(text, x, y);
}
