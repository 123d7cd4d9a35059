/** A word of a POSIX shell: in single quotes nothing is special but they themselves. */
export declare function shellWord(text: string): string;
