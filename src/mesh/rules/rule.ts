import type { MeshDefinition } from '../definition';
import type { Finding } from '../problem';

/** Something that must hold between the parts of a definition, each of which is well formed. */
export type Rule = (definition: MeshDefinition) => Finding[];
