/** Makes an element with properties and children. */
export function make<K extends keyof HTMLElementTagNameMap>(
  tag: K, properties: Partial<HTMLElementTagNameMap[K]> = {}, ...children: (Node | string)[]): HTMLElementTagNameMap[K] {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
}

export function makeButton(label: string, press: () => void, className = ''): HTMLButtonElement {
  const button = make('button', { type: 'button', className, textContent: label });
  button.addEventListener('click', press);
  return button;
}

export function makeOption(label: string, value: string): HTMLOptionElement {
  return make('option', { textContent: label, value });
}
