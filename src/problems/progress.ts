/** Receives a short message about each step of a long-running task. */
export type Progress = (message: string) => void;

/** Discards progress messages. */
export const silent: Progress = () => {};
