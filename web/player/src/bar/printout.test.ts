import { afterEach, expect, test, vi } from 'vitest';
import { strings } from '../strings/en';
import { Printout } from './printout';

const all = (pages: Blob) => ({ pages, isAll: true, picturesLeftOut: 0 });

afterEach(() => vi.restoreAllMocks());

test('a machine without a parallel port offers no pages', () => {
  const printout = new Printout(async () => all(new Blob()), () => {});
  expect(printout.element.hidden).toBe(true);
  printout.offer(true);
  expect(printout.element.hidden).toBe(false);
  printout.offer(false);
  expect(printout.element.hidden).toBe(true);
});

test('a press saves the pages under a name and says so', async () => {
  const saved: HTMLAnchorElement[] = [];
  vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (this: HTMLAnchorElement) { saved.push(this); });
  vi.spyOn(URL, 'createObjectURL').mockReturnValue('blob:pages');
  const told: string[] = [];
  new Printout(async () => all(new Blob(['%PDF-'])), words => told.push(words)).element.click();
  await vi.waitFor(() => expect(told).toEqual([strings.printoutSaved]));
  expect(saved.map(link => [link.download, link.href])).toEqual([['printed.pdf', 'blob:pages']]);
});

test.each([
  { isAll: false, picturesLeftOut: 0, words: [strings.printoutSaved, strings.printoutCut] },
  { isAll: true, picturesLeftOut: 1, words: [strings.printoutSaved, strings.printoutPictures(1)] },
  { isAll: false, picturesLeftOut: 3, words: [strings.printoutSaved, strings.printoutCut, strings.printoutPictures(3)] },
])('pages and pictures that are missing are told', async ({ isAll, picturesLeftOut, words }) => {
  vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(() => {});
  vi.spyOn(URL, 'createObjectURL').mockReturnValue('blob:pages');
  const told: string[] = [];
  new Printout(async () => ({ pages: new Blob(), isAll, picturesLeftOut }), said => told.push(said)).element.click();
  await vi.waitFor(() => expect(told).toEqual([words.join('. ')]));
});

test('why there is nothing is told, and another press asks again', async () => {
  const told: string[] = [];
  const printout = new Printout(async () => { throw new Error('The machine has printed nothing yet.'); }, words => told.push(words));
  printout.element.click();
  await vi.waitFor(() => expect(told).toEqual(['The machine has printed nothing yet.']));
  await vi.waitFor(() => expect(printout.element.disabled).toBe(false));
});
