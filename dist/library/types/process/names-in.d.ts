/** The names of what is in a folder; none where it cannot be read, or is none. */
export declare function namesIn(folder: string): string[];
