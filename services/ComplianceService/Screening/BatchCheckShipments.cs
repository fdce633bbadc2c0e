using System.Globalization;
using Grpc.Core;
using OrderTracking.BuildingBlocks.Grpc;
using OrderTracking.Compliance.V1;
using OrderTracking.ComplianceService.Rules;

namespace OrderTracking.ComplianceService.Screening;

/// <summary>
/// Answers many what-ifs on one stream. A faulty question is answered with what a single call would have been refused with.
/// </summary>
internal sealed class BatchCheckShipments(CheckShipment check)
{
    public const int ChecksPerMessageMax = 1_000;

    public async Task Answer(
        IAsyncStreamReader<BatchCheckShipmentsRequest> questions, IServerStreamWriter<BatchCheckShipmentsResponse> answers,
        ServerCallContext context)
    {
        await foreach (var message in questions.ReadAllAsync(context.CancellationToken))
        {
            if (message.Checks.Count is 0 or > ChecksPerMessageMax)
                Violations.Throw(
                    "checks", RegisterReasons.ListSizeInvalid, message.Checks.Count.ToString(CultureInfo.InvariantCulture),
                    $"1 to {ChecksPerMessageMax} questions a message");
            var response = new BatchCheckShipmentsResponse();
            foreach (var question in message.Checks)
                response.Answers.Add(await One(question, context.CancellationToken));
            await answers.WriteAsync(response, context.CancellationToken);
        }
    }

    private async ValueTask<BatchCheckShipmentsResponse.Types.Answer> One(CheckShipmentRequest question, CancellationToken cancellation)
    {
        try
        {
            return new BatchCheckShipmentsResponse.Types.Answer { Decision = await check.Answer(question, cancellation) };
        }
        catch (Refusal refusal)
        {
            return new BatchCheckShipmentsResponse.Types.Answer { Error = RefusalStatus.StatusOf(refusal) };
        }
    }
}
