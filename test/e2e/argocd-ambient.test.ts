import { testArgoCd } from './argo-cd-suite';

testArgoCd('ambient');
