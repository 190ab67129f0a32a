export { canonical, parseObjects } from '../../scripts/compare/objects.mjs';
