/** CRC-32 of bytes, going on from that of the bytes before. Any change of up to 32 bits in a row changes it. */
export declare function crc32(bytes: Uint8Array, before?: number): number;
/** The same without Node's help. */
export declare function crc32ByTable(bytes: Uint8Array, before?: number): number;
/** What stands behind the last member of a line: `,"sum":"` and eight hex digits, `"}`. */
export declare function sealOf(crc: number): string;
/** What a line, without its line end, says of itself: the object without its checksum, and whether that is there and right. */
export declare function openSeal(line: Buffer): {
    readonly json: string;
    readonly seal: 'right' | 'wrong' | 'none';
};
