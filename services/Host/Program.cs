using OrderTracking.Host;

return await Commands.Run(args);
