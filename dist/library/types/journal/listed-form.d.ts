import type { TokenShape } from './token-shapes.ts';
/**
 * Shapes that find a text as a list of its bytes: in hex with something between them (`<Buffer 68 75 …>`, `68:75`, `0x68, 0x75`) or in decimals
 * (`[104, 117]`).
 */
export declare function listedShapes(value: string): TokenShape[];
