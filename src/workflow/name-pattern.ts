/**
 * Pattern of ids, agent names, output names: a letter or `_`, then letters, digits, `-` and `_`, as in Actions. Not beside the other values of the schema: who
 * asks for it while a file is read would load zod, which takes 14 ms.
 */
export const namePattern = /^[A-Za-z_][A-Za-z0-9_-]{0,99}$/
