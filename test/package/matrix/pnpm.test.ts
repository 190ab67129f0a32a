import { describeProject } from './describe-project';

describeProject('pnpm');
