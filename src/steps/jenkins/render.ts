import type { JenkinsSpec } from './plan';
import type { ActionKind } from '../../render/action-kind';

export const JENKINS: ActionKind<JenkinsSpec> = {
  kind: 'jenkins',
  // Its plan is all there is.
  render: () => ({}),
};
