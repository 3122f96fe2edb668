import { type CloudFormationClient, CreateStackCommand } from "@aws-sdk/client-cloudformation";
import type { DeployedPlace } from "./deployed-stacks.ts";

/** Name of the bucket that CDK uploads code and templates to. */
export const assetBucket = ({ account, region }: DeployedPlace): string => `cdk-hnb659fds-assets-${account}-${region}`;

/** CDK's and SST's own stacks, as `cdk bootstrap` and SST's first deploy make them in a real account. */
export async function bootstrap(cloudFormation: CloudFormationClient, place: DeployedPlace): Promise<void> {
  const { account, region } = place;
  const assets = assetBucket(place);
  const bucket = (name: string) => ({ Type: "AWS::S3::Bucket", Properties: { BucketName: name } });
  const create = (StackName: string, resources: unknown, outputs: Record<string, string>) =>
    cloudFormation.send(
      new CreateStackCommand({
        StackName,
        TemplateBody: JSON.stringify({
          Resources: resources,
          Outputs: Object.fromEntries(Object.entries(outputs).map(([name, Value]) => [name, { Value }])),
        }),
      }),
    );
  const version = {
    Type: "AWS::SSM::Parameter",
    Properties: { Name: "/cdk-bootstrap/hnb659fds/version", Type: "String", Value: "30" },
  };
  await create("CDKToolkit", { Assets: bucket(assets), Version: version }, { BootstrapVersion: "30", BucketName: assets });
  const state = `sstbootstrap-${account}-${region}`;
  await create("SSTBootstrap", { State: bucket(state) }, { Version: "7.4", BucketName: state });
}
