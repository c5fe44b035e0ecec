/** A file that somebody chose, and where it stood in the folder that was chosen: names with `/` between them. */
export interface Chosen {
  readonly file: File;
  readonly path: string;
}

/** Files of an input; with `webkitdirectory` they know their folder. */
export function fromInput(files: FileList): Chosen[] {
  return [...files].map(file => ({ file, path: file.webkitRelativePath || file.name }));
}

/** Everything that was dropped, folders with all they hold. */
export async function fromDrop(items: DataTransferItemList): Promise<Chosen[]> {
  // Entries must be taken before the first wait: afterwards the list is empty.
  const entries = [...items].map(item => item.webkitGetAsEntry()).filter(entry => entry !== null);
  const found = await Promise.all(entries.map(entry => fromEntry(entry, '')));
  return found.flat();
}

async function fromEntry(entry: FileSystemEntry, folder: string): Promise<Chosen[]> {
  const path = folder + entry.name;
  if (entry.isFile) {
    const file = await new Promise<File>((done, failed) => (entry as FileSystemFileEntry).file(done, failed));
    return [{ file, path }];
  }

  const reader = (entry as FileSystemDirectoryEntry).createReader();
  const found: Chosen[] = [];
  // A reader gives at most a hundred at a time and then nothing.
  for (let some = await read(reader); some.length > 0; some = await read(reader)) {
    for (const inner of some) {
      found.push(...await fromEntry(inner, `${path}/`));
    }
  }

  return found;
}

function read(reader: FileSystemDirectoryReader): Promise<FileSystemEntry[]> {
  return new Promise((done, failed) => reader.readEntries(done, failed));
}
