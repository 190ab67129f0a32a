import { testArgoCd } from './argo-cd-suite';

testArgoCd('sidecar');
