/** Messages that mean "no more money or allowance", which waiting a moment does not cure. */
export declare const quotaPattern: RegExp;
