import { z } from 'zod';
/** `prices:`: what models cost. */
export declare const prices: z.ZodOptional<z.ZodRecord<z.ZodString, z.ZodObject<{
    input: z.ZodNumber;
    output: z.ZodNumber;
    'cache-read': z.ZodOptional<z.ZodNumber>;
    'cache-write': z.ZodOptional<z.ZodNumber>;
    'cache-write-1h': z.ZodOptional<z.ZodNumber>;
    tiers: z.ZodOptional<z.ZodArray<z.ZodObject<{
        input: z.ZodNumber;
        output: z.ZodNumber;
        'cache-read': z.ZodOptional<z.ZodNumber>;
        'cache-write': z.ZodOptional<z.ZodNumber>;
        'cache-write-1h': z.ZodOptional<z.ZodNumber>;
        above: z.ZodNumber;
    }, z.core.$strict>>>;
}, z.core.$strict>>>;
