import type { JenkinsSpec } from './plan';
import type { ActionKind } from '../../render/action-kind';

export const JENKINS: ActionKind<JenkinsSpec> = {
  kind: 'jenkins',
  // The plan contains the whole configuration.
  render: () => ({}),
};
