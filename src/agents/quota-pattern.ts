/** Messages that mean "no more money or allowance", which waiting a moment does not cure. */
export const quotaPattern =
  /usage limit|weekly limit|(?<!rate )limit reached|hit your limit|out of (?:extra )?usage|credit|quota|billing|insufficient[ _]funds|spend(?:ing)? limit/i
