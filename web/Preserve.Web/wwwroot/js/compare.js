// <preserve-compare expected actual difference areas>: two screens side by side, under a slider, or in turn, with the differing areas
// outlined. Also gives pages their single keys: a button with data-key is pressed by that key where nobody is typing.
const blinkInMilliseconds = 700;
const views = [['side', 'Side by side'], ['slider', 'Slider'], ['blink', 'Blink'], ['difference', 'Difference']];

class PreserveCompare extends HTMLElement {
  static observedAttributes = ['expected', 'actual', 'difference', 'areas'];
  #view = 'side';
  #timer = 0;
  #isConnected = false;

  connectedCallback() { this.#isConnected = true; this.#draw(); }
  disconnectedCallback() { this.#isConnected = false; clearInterval(this.#timer); }
  attributeChangedCallback() { if (this.#isConnected) this.#draw(); }

  show(view) {
    if (view === 'difference' && !this.getAttribute('difference')) return;
    this.#view = view;
    this.#draw();
  }

  #draw() {
    clearInterval(this.#timer);
    if (this.#view === 'difference' && !this.getAttribute('difference')) this.#view = 'side';
    this.replaceChildren(this.#choices(), this.#scene());
  }

  #choices() {
    const group = element('div', { className: 'views', role: 'group', ariaLabel: 'How to compare' });
    views.forEach(([view, words], index) => {
      if (view === 'difference' && !this.getAttribute('difference')) return;
      const button = element('button', { type: 'button', textContent: words, title: `Key ${index + 1}` });
      button.setAttribute('aria-pressed', String(view === this.#view));
      button.addEventListener('click', () => { this.show(view); this.querySelector('[aria-pressed=true]')?.focus(); });
      group.append(button);
    });
    return group;
  }

  #scene() {
    const expected = ['expected', 'Accepted'];
    const actual = ['actual', 'As it was'];
    if (this.#view === 'side') {
      const pair = element('div', { className: 'pair' });
      pair.append(this.#figure(...expected), this.#figure(...actual));
      return pair;
    }
    if (this.#view === 'difference') return this.#figure('difference', 'What differs is magenta, what is not compared is blue');

    const figure = this.#figure(...expected);
    const above = this.#picture(...actual);
    figure.querySelector('.stage').insertBefore(above, figure.querySelector('svg'));
    if (this.#view === 'slider') this.#slide(figure, above); else this.#blink(figure, above);
    return figure;
  }

  #slide(figure, above) {
    const range = element('input', { type: 'range', min: 0, max: 100, value: 50, ariaLabel: 'How much of each' });
    const move = () => { above.style.clipPath = `inset(0 0 0 ${range.value}%)`; figure.querySelector('.edge').style.left = `${range.value}%`; };
    figure.querySelector('.stage').append(element('div', { className: 'edge' }), range);
    range.addEventListener('input', move);
    figure.querySelector('figcaption').textContent = 'Accepted on the left, as it was on the right';
    move();
  }

  #blink(figure, above) {
    const caption = figure.querySelector('figcaption');
    const turn = () => { above.hidden = !above.hidden; caption.textContent = above.hidden ? 'Accepted' : 'As it was'; };
    figure.querySelector('.stage').addEventListener('click', turn);
    turn();
    if (!matchMedia('(prefers-reduced-motion: reduce)').matches) this.#timer = setInterval(turn, blinkInMilliseconds);
    else caption.textContent += ': press the picture';
  }

  #figure(attribute, words) {
    const figure = element('figure', {});
    const stage = element('div', { className: 'stage' });
    const picture = this.#picture(attribute, words);
    const outlines = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
    outlines.setAttribute('aria-hidden', 'true');
    picture.addEventListener('load', () => this.#outline(outlines, picture));
    stage.append(picture, outlines);
    figure.append(stage, element('figcaption', { textContent: words }));
    return figure;
  }

  #picture(attribute, words) {
    return element('img', { src: this.getAttribute(attribute), alt: words });
  }

  #outline(outlines, picture) {
    outlines.setAttribute('viewBox', `0 0 ${picture.naturalWidth} ${picture.naturalHeight}`);
    for (const area of (this.getAttribute('areas') || '').split(';').filter(Boolean)) {
      const [x, y, width, height, pixels] = area.split(',').map(Number);
      const outline = document.createElementNS('http://www.w3.org/2000/svg', 'rect');
      for (const [name, value] of Object.entries({ x: x - 4, y: y - 4, width: width + 8, height: height + 8 })) outline.setAttribute(name, value);
      const title = document.createElementNS('http://www.w3.org/2000/svg', 'title');
      title.textContent = `${pixels} pixels in ${width} × ${height} at ${x}, ${y}`;
      outline.append(title);
      outlines.append(outline);
    }
  }
}

function element(name, properties) {
  return Object.assign(document.createElement(name), properties);
}

customElements.define('preserve-compare', PreserveCompare);

document.addEventListener('keydown', event => {
  if (event.ctrlKey || event.altKey || event.metaKey || event.target.closest('input:not([type=range]), textarea, select, [contenteditable]')) return;
  const view = views[Number(event.key) - 1]?.[0];
  if (view) document.querySelector('preserve-compare')?.show(view);
  const button = /^[a-z]$/.test(event.key) ? document.querySelector(`[data-key="${event.key}"]`) : null;
  if (button) {
    event.preventDefault();
    button.click();
  }
});
