/** `include: builtin:nightly-audit`. */
export declare const nightlyAudit: string;
