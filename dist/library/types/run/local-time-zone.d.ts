/** The IANA name of the machine's time zone. Asked for only where a plan has a time of day: it loads what formats dates. */
export declare function localTimeZone(): string;
