import { afterEach, expect, test, vi } from 'vitest';
import { strings } from '../strings/en';
import { Printout } from './printout';

afterEach(() => vi.restoreAllMocks());

test('a machine without a parallel port offers no pages', () => {
  const printout = new Printout(async () => new Blob(), () => {});
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
  new Printout(async () => new Blob(['%PDF-']), words => told.push(words)).element.click();
  await vi.waitFor(() => expect(told).toEqual([strings.printoutSaved]));
  expect(saved.map(link => [link.download, link.href])).toEqual([['printed.pdf', 'blob:pages']]);
});

test('why there is nothing is told, and another press asks again', async () => {
  const told: string[] = [];
  const printout = new Printout(async () => { throw new Error('The machine has printed nothing yet.'); }, words => told.push(words));
  printout.element.click();
  await vi.waitFor(() => expect(told).toEqual(['The machine has printed nothing yet.']));
  await vi.waitFor(() => expect(printout.element.disabled).toBe(false));
});
