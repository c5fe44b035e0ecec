import type { PrintedPages } from '../session/session-api';
import { strings } from '../strings/en';
import { Tool } from './tools';

/** Hands out what the machine has printed, as a file of pages. Only where the machine has a parallel port, and only to whoever controls it. */
export class Printout {
  readonly element: HTMLButtonElement;

  /** @param load the pages; throws what is to be told @param tell says what came of it, in sight and aloud */
  constructor(private readonly load: () => Promise<PrintedPages>, private readonly tell: (words: string) => void) {
    this.element = new Tool('printout', strings.printout, () => void this.fetch()).button;
    this.element.title = strings.printoutHint;
    this.element.hidden = true;
  }

  offer(hasPrinter: boolean): void {
    this.element.hidden = !hasPrinter;
  }

  private async fetch(): Promise<void> {
    this.element.disabled = true;
    try {
      const { pages, isAll, picturesLeftOut } = await this.load();
      save(pages);
      this.tell([
        strings.printoutSaved,
        ...(isAll ? [] : [strings.printoutCut]),
        ...(picturesLeftOut > 0 ? [strings.printoutPictures(picturesLeftOut)] : []),
      ].join('. '));
    } catch (error) {
      this.tell(error instanceof Error && error.message !== '' ? error.message : strings.printoutFailed);
    } finally {
      this.element.disabled = false;
    }
  }
}

function save(pages: Blob): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(pages);
  link.download = 'printed.pdf';
  link.click();
  // The browser has begun to read it by the time the page does something else.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
