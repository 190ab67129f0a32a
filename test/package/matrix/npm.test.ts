import { describeProject } from './describe-project';

describeProject('npm');
