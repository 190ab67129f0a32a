/**
 * Values of which those that have a default are certainly there.
 *
 * @typeParam Values what a user may give, everything optional
 * @typeParam Defaults the type of the defaults
 */
export type Defaulted<Values, Defaults> = {
  readonly [Key in keyof Values as Key extends keyof Defaults ? Key : never]-?: Key extends keyof Defaults
    ? DefaultedValue<NonNullable<Values[Key]>, Defaults[Key]>
    : never;
} & { readonly [Key in keyof Values as Key extends keyof Defaults ? never : Key]?: Values[Key] };

/** Maps are completed key by key; lists and scalars are taken as a whole. */
type DefaultedValue<Value, Default> = Default extends readonly unknown[]
  ? Value
  : Default extends object
    ? string extends keyof Value
      ? Value
      : Defaulted<Value, Default>
    : Value;
