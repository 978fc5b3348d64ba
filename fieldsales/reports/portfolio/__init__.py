"""Pictures of the portfolio with their finding and the customers behind them, screen and paper."""
