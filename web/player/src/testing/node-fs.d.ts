declare module 'node:fs' { export function readdirSync(path: string): string[]; }
