/** `include: builtin:review`. */
export declare const review: string;
