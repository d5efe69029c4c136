from results.services.deliveries import reinstate_delivery, withdraw_delivery

__all__ = ["reinstate_delivery", "withdraw_delivery"]
