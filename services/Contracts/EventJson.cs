using System.Text.Json;
using System.Text.Json.Serialization;
using OrderTracking.Contracts.Compliance;
using OrderTracking.Contracts.Orders;
using OrderTracking.Contracts.Shipments;

namespace OrderTracking.Contracts;

/// <summary>How events are written and read, made at build time: <see cref="EventTypes"/> lists which.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(OrderPlaced))]
[JsonSerializable(typeof(OrderAmended))]
[JsonSerializable(typeof(OrderCancelled))]
[JsonSerializable(typeof(ShipmentPlanned))]
[JsonSerializable(typeof(ShipmentRevised))]
[JsonSerializable(typeof(ShipmentCancelled))]
[JsonSerializable(typeof(ShipmentDispatched))]
[JsonSerializable(typeof(ShipmentMilestoneRecorded))]
[JsonSerializable(typeof(ShipmentReturned))]
[JsonSerializable(typeof(DispatchRefused))]
[JsonSerializable(typeof(ShipmentScreened))]
[JsonSerializable(typeof(HoldOpened))]
[JsonSerializable(typeof(HoldSettled))]
[JsonSerializable(typeof(HoldVoided))]
[JsonSerializable(typeof(ReleaseProposed))]
[JsonSerializable(typeof(ReleaseRejected))]
[JsonSerializable(typeof(ReleaseVoided))]
[JsonSerializable(typeof(PermitGranted))]
[JsonSerializable(typeof(PermitRevoked))]
[JsonSerializable(typeof(AmendmentPublished))]
[JsonSerializable(typeof(LicenceChanged))]
public sealed partial class EventJson : JsonSerializerContext;
