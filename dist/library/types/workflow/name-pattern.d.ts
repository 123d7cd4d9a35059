/**
 * Pattern of ids, agent names, output names: a letter or `_`, then letters, digits, `-` and `_`, as in Actions. Not beside the other values of the schema: who
 * asks for it while a file is read would load zod, which takes 14 ms.
 */
export declare const namePattern: RegExp;
