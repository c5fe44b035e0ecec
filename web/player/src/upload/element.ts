import { fromDrop, fromInput, type Chosen } from './chosen';
import { Estimate } from './estimate';
import { Queue, type Item } from './queue';
import { size, wait } from './words';

const SHOWN = 200;

/** `<preserve-upload endpoint="/api/uploads">`: chooses files and folders and sends them, with what is left to do and for how long. */
export class PreserveUpload extends HTMLElement {
  readonly #estimate = new Estimate();
  readonly #summary = document.createElement('p');
  readonly #bar = document.createElement('progress');
  readonly #list = document.createElement('ul');
  #queue: Queue | null = null;
  #isDrawing = false;

  connectedCallback(): void {
    if (this.#queue) {
      return;
    }

    this.#queue = new Queue(this.getAttribute('endpoint') ?? '/api/uploads', () => this.#draw());
    this.#summary.setAttribute('role', 'status');
    this.#summary.textContent = 'Choose files or folders, or drop them here. What is interrupted goes on where it stopped, also tomorrow, when you choose the same file again.';
    this.#bar.hidden = true;
    this.#bar.setAttribute('aria-label', 'All files');
    this.append(this.#choice('Choose files', false), this.#choice('Choose a folder', true), this.#summary, this.#bar, this.#list);
    this.addEventListener('dragover', event => {
      event.preventDefault();
      this.dataset['over'] = '';
    });
    this.addEventListener('dragleave', () => delete this.dataset['over']);
    this.addEventListener('drop', event => {
      event.preventDefault();
      delete this.dataset['over'];
      if (event.dataTransfer) {
        void fromDrop(event.dataTransfer.items).then(chosen => this.#add(chosen));
      }
    });
    window.addEventListener('beforeunload', event => {
      if (this.#queue?.items.some(isUnderWay)) {
        event.preventDefault();
      }
    });
  }

  #choice(words: string, isFolder: boolean): HTMLElement {
    const label = document.createElement('label');
    const input = document.createElement('input');
    input.type = 'file';
    input.multiple = true;
    input.webkitdirectory = isFolder;
    input.addEventListener('change', () => {
      if (input.files) {
        this.#add(fromInput(input.files));
      }

      input.value = '';
    });
    label.append(words, input);
    return label;
  }

  #add(chosen: readonly Chosen[]): void {
    this.#queue?.add(chosen);
  }

  /** At most once a picture, however often bytes are reported. */
  #draw(): void {
    if (!this.#isDrawing) {
      this.#isDrawing = true;
      requestAnimationFrame(() => {
        this.#isDrawing = false;
        this.#show(this.#queue?.items ?? []);
      });
    }
  }

  #show(items: readonly Item[]): void {
    const total = items.reduce((sum, item) => sum + item.total, 0);
    const sent = items.reduce((sum, item) => sum + item.sent, 0);
    const left = items.filter(isUnderWay);
    this.#estimate.note(performance.now(), sent);
    const seconds = this.#estimate.secondsFor(left.reduce((sum, item) => sum + item.total - item.sent, 0));
    this.#summary.textContent = left.length === 0
      ? `${items.filter(item => item.state === 'done').length} of ${items.length} files are in quarantine.`
      : `${size(sent)} of ${size(total)}, ${left.length} ${left.length === 1 ? 'file' : 'files'} to go${seconds === null ? '' : `, ${wait(seconds)} left`}.`;
    this.#bar.hidden = false;
    this.#bar.max = Math.max(1, total);
    this.#bar.value = total === 0 ? 1 : sent;
    // What is over and well needs no line of its own once there are many.
    const lines = items.length <= SHOWN ? items : items.filter(item => item.state !== 'done').slice(0, SHOWN);
    this.#list.replaceChildren(...lines.map(line));
  }
}

function isUnderWay(item: Item): boolean {
  return item.state === 'waiting' || item.state === 'sending' || item.state === 'interrupted';
}

function line(item: Item): HTMLElement {
  const entry = document.createElement('li');
  entry.dataset['state'] = item.state;
  const name = document.createElement('span');
  name.textContent = item.path;
  const state = document.createElement('span');
  state.textContent = words(item);
  entry.append(name, state);
  return entry;
}

function words(item: Item): string {
  switch (item.state) {
    case 'waiting': return `${size(item.total)}, waits`;
    case 'sending': return `${item.total === 0 ? 100 : Math.floor(item.sent * 100 / item.total)} % of ${size(item.total)}`;
    case 'interrupted': return 'Connection lost, goes on by itself';
    case 'done': return '✓ in quarantine';
    case 'refused': return `✗ ${item.reason}`;
  }
}
