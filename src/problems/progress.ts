/** Told what is being done, in a few words, by work that takes longer than a moment. */
export type Progress = (message: string) => void;

/** Tells nobody. */
export const silent: Progress = () => {};
