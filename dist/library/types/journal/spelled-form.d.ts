import type { TokenShape } from './token-shapes.ts';
/**
 * Shapes that find a text of which any character may be written as programs escape it: with backslashes (JSON, C, Python, shells, Markdown), in
 * percent signs, as HTML and quoted-printable do, with doubled quotes, and escaped again.
 */
export declare function spelledShapes(value: string): TokenShape[];
