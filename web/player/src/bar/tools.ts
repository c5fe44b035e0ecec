import { make } from './elements';

/** Strokes on a field of 24 by 24, drawn for this bar. */
const drawings = {
  media: 'M5 4h11l3 3v13H5zM8 4v5h7V4M8 20v-6h8v6',
  keys: 'M3 7h18v10H3zM6.5 10.5h.01M10 10.5h.01M13.5 10.5h.01M17 10.5h.01M8 14h8',
  chord: 'M5 5h14v14H5zM8.5 8.5h7v7h-7z',
  type: 'M5 6V4h14v2M12 4v16M9 20h6',
  printout: 'M7 9V4h10v5M7 17H4V9h16v8h-3M7 14h10v6H7z',
  reset: 'M19 12a7 7 0 1 1-2.2-5.1M19 4v4h-4',
  text: 'M5 6h14M5 10h14M5 14h9M5 18h11',
  together: 'M9 11a3 3 0 1 0 0-6 3 3 0 0 0 0 6M3.5 19c.4-3.3 2.7-5 5.5-5s5.1 1.7 5.5 5M16 5.3a3 3 0 0 1 0 5.4M17.5 14.4c1.7.7 2.8 2.3 3 4.6',
  sound: 'M4 10v4h3l5 4V6l-5 4zM15.5 9.5a4 4 0 0 1 0 5M18 7a7.5 7.5 0 0 1 0 10',
  soundOff: 'M4 10v4h3l5 4V6l-5 4zM16 10l4 4M20 10l-4 4',
  fullscreen: 'M4 9V4h5M15 4h5v5M20 15v5h-5M9 20H4v-5',
  leave: 'M13 4H5v16h8M10 12h10M16.5 8l4 4-4 4',
} as const;

export type Drawing = keyof typeof drawings;

/** A button of the bar: a drawing and its word, side by side or, on a phone, one over the other. */
export class Tool {
  readonly button: HTMLButtonElement;
  private readonly word: HTMLSpanElement;
  private picture: SVGElement;

  constructor(drawing: Drawing, label: string, press: () => void) {
    this.picture = draw(drawing);
    this.word = make('span', { textContent: label });
    this.button = make('button', { type: 'button', className: 'tool' }, this.picture, this.word);
    this.button.addEventListener('click', press);
  }

  show(drawing: Drawing, label: string): void {
    const picture = draw(drawing);
    this.picture.replaceWith(picture);
    this.picture = picture;
    this.word.textContent = label;
  }
}

/** The drawing alone; those who do not see it have the word beside it. */
export function draw(drawing: Drawing): SVGElement {
  const picture = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  const path = document.createElementNS(picture.namespaceURI, 'path');
  path.setAttribute('d', drawings[drawing]);
  picture.append(path);
  picture.setAttribute('viewBox', '0 0 24 24');
  picture.setAttribute('aria-hidden', 'true');
  return picture as SVGElement;
}
