import type { TokenShape } from './token-shapes.ts';
/** From this length on a form is found across line ends: `base64` breaks at 76 columns, others at 64 or 60. */
export declare const shortestWrapped = 20;
/**
 * Shapes that find a text wherever its lines are broken, with or without indentation, and whatever white space stands where it has some: they
 * begin with its first characters, in one line or broken between these. What lacks its first character, the end of a line before an indented or
 * marked one perhaps, is found as well.
 */
export declare function wrappedShapes(form: string): TokenShape[];
