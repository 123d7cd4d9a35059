import { z } from 'zod';
/** Keys of `strategy`, but those of variants. */
export declare const strategyKeys: {
    matrix: z.ZodOptional<z.ZodUnion<readonly [z.ZodString, z.ZodObject<{
        include: z.ZodOptional<z.ZodUnion<readonly [z.ZodArray<z.ZodRecord<z.ZodString, z.ZodUnknown>>, z.ZodString]>>;
        exclude: z.ZodOptional<z.ZodUnion<readonly [z.ZodArray<z.ZodRecord<z.ZodString, z.ZodUnknown>>, z.ZodString]>>;
    }, z.core.$catchall<z.ZodUnion<readonly [z.ZodArray<z.ZodUnknown>, z.ZodString]>>>]>>;
    'max-parallel': z.ZodOptional<z.ZodInt>;
    'max-instances': z.ZodOptional<z.ZodInt>;
    'fail-fast': z.ZodOptional<z.ZodBoolean>;
};
/** `strategy.choose`. */
export declare const choose: z.ZodUnion<readonly [z.ZodEnum<{
    all: "all";
    commit: "commit";
    label: "label";
}>, z.ZodObject<{
    weights: z.ZodOptional<z.ZodRecord<z.ZodString, z.ZodNumber>>;
    labels: z.ZodOptional<z.ZodRecord<z.ZodString, z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean]>, z.ZodTransform<string, string | number | boolean>>>>;
}, z.core.$strict>]>;
