/** What the system had too little of, by the codes of errno(3), and what helps. */
const shortages: Readonly<Record<string, string>> = {
  EMFILE: 'this process may open no more files: raise its limit (`ulimit -n`), or lower `--max-parallel`',
  ENFILE: 'the system can open no more files: end what has so many open',
  ENOMEM: 'the system has no memory left',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
}

/** What the system ran out of, in words, where that is what an error says; undefined for any other error. */
export function shortageOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return undefined
  return Object.hasOwn(shortages, error.code) ? `${shortages[error.code]} (${error.message})` : undefined
}
