import { type YAMLError } from 'yaml';
import type { NodeReader } from './node-reader.ts';
/**
 * Reads a long document slice by slice. Entries of the map at the top, and of the map that is its newest value (the
 * instances), are composed and read as soon as the next one has begun, so that neither all tokens nor the whole tree
 * are ever in memory. The result is that of reading everything at once.
 */
export declare function streamYaml(text: string, sliceSize: number, reader: NodeReader, report: (errors: readonly YAMLError[]) => void): unknown;
