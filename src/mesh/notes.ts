import type { DefinitionPath, Location } from '../problems/problem';

/** Something in a mesh definition that is no problem, but that its author may want to know. */
export interface Note {
  /** Where it is in the definition. */
  readonly location: Location;
  /** What was found, as a full sentence. */
  readonly message: string;
}

/** A note about a key of a definition whose location in a file is not known yet. */
export interface DefinitionNote {
  readonly path: DefinitionPath;
  /** What was found, as a full sentence. */
  readonly message: string;
}
