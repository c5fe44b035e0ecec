import { afterEach, expect, test, vi } from 'vitest';
import { copyText } from './clipboard';

afterEach(() => { delete (document as { execCommand?: unknown }).execCommand; });

test('in a secure context the clipboard takes it', async () => {
  const writeText = vi.fn(async () => {});
  vi.stubGlobal('isSecureContext', true);
  vi.stubGlobal('navigator', { clipboard: { writeText } });
  expect(await copyText('A:\\>')).toBe(true);
  expect(writeText).toHaveBeenCalledWith('A:\\>');
});

test.each([[true, true], [true, false], [false, true]])('refused or on plain http (secure: %s) the copy command takes it, and its answer %s is told', async (isSecure, worked) => {
  let copied = '';
  vi.stubGlobal('isSecureContext', isSecure);
  vi.stubGlobal('navigator', { clipboard: { writeText: async () => { throw new Error('Refused.'); } } });
  (document as { execCommand?: unknown }).execCommand = () => {
    const event = Object.assign(new Event('copy'), { clipboardData: { setData: (_: string, text: string) => { copied = text; } } });
    document.dispatchEvent(event);
    return worked;
  };
  expect(await copyText('A:\\>')).toBe(worked);
  expect(copied).toBe('A:\\>');
});
