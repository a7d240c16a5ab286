"""The landing: what its files hold, who writes them and how they are accounted for."""
