/**
 * A name of 24 hexadecimal digits that nobody can guess. The kernel's own source is read (random(4)), many names at once: loading `node:crypto`, which is asked
 * where there is none, takes 5 ms.
 */
export declare function unguessable(): string;
